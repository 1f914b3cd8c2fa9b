import { z } from 'zod';
import { OUTCOMES } from '../measure/outcome';
import { KEPT_COLUMNS, type KeptColumn, SAMPLE_COLUMNS } from '../measure/sample-columns';

const whole = z.number().int();
const VALUES = {
  count: whole,
  time: whole,
  duration: whole,
  bytes: whole,
  outcome: z.enum(OUTCOMES),
  flag: z.boolean(),
} as const satisfies Record<(typeof SAMPLE_COLUMNS)[KeptColumn]['kind'], z.ZodType>;

type Table = typeof SAMPLE_COLUMNS;
type Value<N extends KeptColumn> = (typeof VALUES)[Table[N]['kind']];
type Column<N extends KeptColumn> = z.ZodArray<Table[N]['missing'] extends null ? Value<N> : z.ZodNullable<Value<N>>>;
type Shape = {
  [N in KeptColumn as Table[N]['json']]: Table[N] extends { addedLater: true } ? z.ZodOptional<Column<N>> : Column<N>;
};

/** The samples of one channel as a recording has them. */
export const sampleColumnsSchema = z.object(
  Object.fromEntries(KEPT_COLUMNS.map((name) => [SAMPLE_COLUMNS[name].json, schemaOf(name)])) as unknown as Shape,
);

function schemaOf(name: KeptColumn): z.ZodType {
  const column = SAMPLE_COLUMNS[name];
  const value = VALUES[column.kind];
  const values = z.array(column.missing === null ? value : value.nullable());
  return 'addedLater' in column ? values.optional() : values;
}
