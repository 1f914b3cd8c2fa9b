import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { messageOf } from './bridge';
import { useShell } from './store/shell-store';
import { connectFeed } from './window/feed-client';
import { rememberView } from './window/remember-view';
import './index.css';

const host = document.getElementById('root');
if (!host) throw new Error('The shell page has no #root');
const root = createRoot(host);
connectFeed();
// As it is set up from the first picture on; should that not be known, as at first.
void rememberView()
  .catch((error: unknown) =>
    useShell.getState().say('bad', `The window's settings are not remembered: ${messageOf(error)}`),
  )
  .then(() =>
    root.render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
