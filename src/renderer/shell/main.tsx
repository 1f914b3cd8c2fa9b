import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { connectFeed } from './window/feed-client';
import { rememberView } from './window/remember-view';
import './index.css';

const host = document.getElementById('root');
if (!host) throw new Error('The shell page has no #root');
rememberView();
connectFeed();
createRoot(host).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
