import { Component, type ComponentType, createElement } from 'preact';

/** A component that is drawn again only when `same` says that its properties differ. */
export function memo<P extends object>(
  inner: ComponentType<P>,
  same: (before: P, after: P) => boolean,
): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return !same(this.props as P, next);
    }
    render() {
      return createElement(inner, this.props as P);
    }
  };
}
