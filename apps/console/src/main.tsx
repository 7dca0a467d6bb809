import { render } from 'preact';
import { App } from './app.tsx';
import { Guard } from './parts/guard.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/detections.css';
import './styles/tail.css';
import './styles/incidents.css';
import './styles/deeds.css';

const root = document.getElementById('app');
if (root) {
  render(
    <Guard>
      <App />
    </Guard>,
    root,
  );
}
