import { Wordmark } from '../parts/wordmark.tsx';

export function Starting({ problem, onRetry }: { readonly problem?: string; readonly onRetry?: () => void }) {
  return (
    <main class="gate">
      <div class="gate-card">
        <Wordmark />
        {problem === undefined ? (
          <p role="status">One moment …</p>
        ) : (
          <>
            <p role="alert">{problem}</p>
            <button type="button" class="button-primary" onClick={onRetry}>
              Try again
            </button>
          </>
        )}
      </div>
    </main>
  );
}
