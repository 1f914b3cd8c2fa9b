import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { connectFeed } from './feed-client';
import { rememberView } from './store/remember-view';
import './styles/index.css';

const host = document.getElementById('root');
if (!host) throw new Error('The shell page has no #root');
rememberView();
connectFeed();
createRoot(host).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
