import { BenchPage } from './bench/bench-page';
import { ChartPanel } from './charts/chart-panel';
import { AddressBar } from './components/address-bar';
import { ChannelTable } from './components/channel-table';
import { Dialogs } from './components/dialogs';
import { Header } from './components/header';
import { PagePane } from './components/page-pane';
import { ProcessMap } from './components/process-map';
import { StatusBar } from './components/status-bar';
import { TabStrip } from './components/tab-strip';
import { VerdictStrip } from './components/verdict-strip';
import { useShell } from './store/shell-store';

export function App() {
  const page = useShell((s) => s.page);
  return (
    <>
      <Header />
      {page === 'live' ? <LivePage /> : <BenchPage />}
      <StatusBar />
      <Dialogs />
    </>
  );
}

function LivePage() {
  return (
    <>
      <ProcessMap />
      <VerdictStrip />
      <main className="workbench">
        <div className="measurements">
          <ChartPanel />
          <ChannelTable />
        </div>
        <section className="panel browser-panel" aria-label="Sites">
          <TabStrip />
          <AddressBar />
          <PagePane />
        </section>
      </main>
    </>
  );
}
