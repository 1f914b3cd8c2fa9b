import { PAGE_COMPONENTS } from './pages/pages';
import { useShell } from './store/shell-store';
import { Dialogs } from './window/dialogs';
import { FirstSteps } from './window/first-steps';
import { Header } from './window/header';
import { useQuestionKey } from './window/use-question-key';
import { StatusBar } from './window/status-bar';
import { TooltipLayer } from './ui/tooltip-layer';

export function App() {
  useQuestionKey();
  const Page = PAGE_COMPONENTS[useShell((s) => s.page)];
  return (
    <>
      <Header />
      <Page />
      <div className="foot">
        <FirstSteps />
        <StatusBar />
      </div>
      <Dialogs />
      <TooltipLayer />
    </>
  );
}
