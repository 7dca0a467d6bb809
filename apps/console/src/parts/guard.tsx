import { Component, type ComponentChildren } from 'preact';

/** Keeps one broken part from taking the page with it, and says so. */
export class Guard extends Component<{ readonly children: ComponentChildren }, { readonly broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }

  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main class="gate">
        <div class="gate-card">
          <p role="alert">This page broke. What NADIR keeps is not touched by that.</p>
          <button type="button" class="button-primary" onClick={() => location.reload()}>
            Load it again
          </button>
        </div>
      </main>
    );
  }
}
