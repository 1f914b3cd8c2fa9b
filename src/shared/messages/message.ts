import { ENGLISH } from './english/index';

/**
 * What main, shared and the transports say to a person: a code and its parameters, which are JSON. Words are made of it
 * at the edge alone (the window, the terminal, an export), by `render`, from the table of a language.
 */

type Table = typeof ENGLISH;
export type MessageCode = keyof Table;

/** What one message is made of. A parameter that is text may itself be a message. */
type Given<P> = {
  [K in keyof P]: P[K] extends string
    ? P[K] | Message
    : P[K] extends readonly string[]
      ? ReadonlyArray<string | Message>
      : P[K];
};
type ParamsOf<C extends MessageCode> = Parameters<Table[C]> extends [infer P] ? Given<P> : Record<string, never>;
type ArgsOf<C extends MessageCode> = Parameters<Table[C]> extends [unknown] ? [params: ParamsOf<C>] : [];

export type Message = { [C in MessageCode]: { code: C; params: ParamsOf<C> } }[MessageCode];

/** `say('process.unreachable', { name: 'echo' })`. Numbers are given in base units, not as text. */
export function say<C extends MessageCode>(code: C, ...args: ArgsOf<C>): Message {
  return { code, params: args[0] ?? {} } as Message;
}

/** The words of a message, in English. */
export function render({ code, params }: Message): string {
  const write = ENGLISH[code] as (params: unknown) => string;
  return write(rendered(params));
}

/** Parameters with the messages among them as words. */
function rendered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rendered);
  if (typeof value !== 'object' || value === null) return value;
  return isMessage(value)
    ? render(value)
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rendered(each)]));
}

function isMessage(value: object): value is Message {
  return 'code' in value && 'params' in value;
}

/** An error whose message is for a person: its text is the rendered message, for where nobody knows better. */
export class MessageError extends Error {
  readonly told: Message;

  constructor(told: Message, options?: ErrorOptions) {
    super(render(told), options);
    this.told = told;
  }
}

/** What an error says: a message of Bulkhead's own, or the text of whoever threw it, such as the operating system. */
export function saidBy(error: unknown): Message {
  if (error instanceof MessageError) return error.told;
  return say('verbatim', { text: error instanceof Error ? error.message : String(error) });
}
