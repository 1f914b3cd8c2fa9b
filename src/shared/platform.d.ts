/** The few globals that every runtime of Bulkhead has. `src/shared` may use these and nothing else of a platform. */
declare const console: { error(...parts: unknown[]): void };

declare const performance: { now(): number };

declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string, base?: string): boolean;
  readonly protocol: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly username: string;
  readonly password: string;
  readonly href: string;
}
