import type { Statement, StatementKind } from '../../../../../shared/verdict-text';
import { Icon, type IconName } from '../../../ui/icons';

const ICONS: Record<StatementKind, IconName> = {
  lost: 'warning',
  watching: 'hourglass',
  steady: 'check',
  slowed: 'clock',
  'not-measured': 'unknown',
};

/** One statement of a verdict: its sign, its words and its colour, so that none of them has to be seen to tell it. */
export function StatementText({ statement: { kind, headline, detail } }: { statement: Statement }) {
  return (
    <p className={`verdict-statement is-${kind}`} data-testid={`statement-${kind}`} title={`${headline}: ${detail}.`}>
      <Icon name={ICONS[kind]} />
      <strong>{headline}</strong> <span>{detail}</span>
    </p>
  );
}
