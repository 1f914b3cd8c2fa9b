import { ChartPanel } from './chart/chart-panel';
import { ProcessMap } from './map/process-map';
import { AddressBar } from './sites/address-bar';
import { PagePane } from './sites/page-pane';
import { TabStrip } from './sites/tab-strip';
import { ChannelTable } from './table/channel-table';
import { VerdictStrip } from './verdict/verdict-strip';

/** Processes and channels, measured all the time, and the sites' pages. */
export function LivePage() {
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
          <h2 className="visually-hidden">Sites</h2>
          <TabStrip />
          <AddressBar />
          <PagePane />
        </section>
      </main>
    </>
  );
}
