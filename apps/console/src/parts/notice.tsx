import type { ComponentChildren } from 'preact';

/** Something that a person should read: what is wrong, or what to do next. */
export function Notice({
  kind,
  children,
}: {
  readonly kind: 'problem' | 'info';
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** What an empty list says instead of nothing. */
export function Empty({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{children}</p>
    </div>
  );
}
