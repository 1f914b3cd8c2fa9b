import { readFileSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { describeWriteFailure, writeOutput } from '../../node/output-file';
import { type Message, say } from '../../shared/messages/message';
import type { ProbeSettings } from '../../shared/probe-settings';
import { type Settings, settingsSchema } from './settings-schema';

/** What changes within this time is written once. */
const WRITE_AFTER_MS = 300;
const NOTHING: Settings = { version: 1 };
const MAX_CHANNELS = 500;

/** What a person has set, kept in one file of the profile. */
export class SettingsStore {
  readonly #path: string;
  readonly #onProblem: (problem: Message) => void;
  #settings: Settings = NOTHING;
  #timer: NodeJS.Timeout | null = null;
  /** One write after the other. */
  #work: Promise<void> = Promise.resolve();

  /** Reads what is kept. What can't be read is put aside and told; Bulkhead then starts as at first. */
  constructor(path: string, onProblem: (problem: Message) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
    try {
      this.#settings = settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#putAside();
    }
  }

  get present(): Settings {
    return this.#settings;
  }

  /** Rate, payload and time limit, as far as they were changed. */
  get probe(): Partial<ProbeSettings> {
    // What isn't in the file isn't there at all: nothing of it is undefined.
    return (this.#settings.probe ?? {}) as Partial<ProbeSettings>;
  }

  change(patch: Partial<Omit<Settings, 'version'>>): void {
    this.#settings = { ...this.#settings, ...patch };
    this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS);
  }

  /** Of the switches that were set last, as many as are kept. */
  switchChannel(channelId: string, enabled: boolean): void {
    const { [channelId]: _, ...others } = this.#settings.channels ?? {};
    this.change({
      channels: Object.fromEntries([...Object.entries(others), [channelId, enabled] as const].slice(-MAX_CHANNELS)),
    });
  }

  /** Everything is as at first, on the disk too. */
  async forget(): Promise<void> {
    this.#settings = NOTHING;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work = this.#work.then(() => rm(this.#path, { force: true })).catch(() => undefined);
    await this.#work;
  }

  /** Resolves when what was changed is on the disk, or could not be written. */
  async settled(): Promise<void> {
    if (this.#timer !== null) this.#write();
    await this.#work;
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const text = `${JSON.stringify(this.#settings, null, 1)}\n`;
    this.#work = this.#work
      .then(() => writeOutput(this.#path, [text]))
      .catch((error: unknown) =>
        this.#onProblem(say('settings.not-written', { failure: describeWriteFailure(this.#path, error) })),
      );
  }

  #putAside(): void {
    const aside = `${this.#path}.unreadable`;
    try {
      renameSync(this.#path, aside);
      this.#onProblem(say('settings.put-aside', { aside }));
    } catch {
      this.#onProblem(say('settings.unreadable', { path: this.#path }));
    }
  }
}
