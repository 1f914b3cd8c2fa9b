import { FormPanel } from './form-panel';
import { ResultPanel } from './result-panel';

/** The benchmark: what to run on the left, what came of it on the right. */
export function BenchPage() {
  return (
    <main className="bench-page" data-testid="bench-page">
      <FormPanel />
      <ResultPanel />
    </main>
  );
}
