import { z } from 'zod';
import { probeSettingsSchema } from '../../shared/probe-settings';
import { viewSettingsSchema } from '../../shared/view-settings';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What a person has set, as the profile keeps it. What is not there is as at first. */
export const settingsSchema = z.object({
  version: z.literal(1),
  theme: z.enum(THEMES).optional(),
  /** Only what was changed. */
  probe: probeSettingsSchema.partial().optional(),
  /** Channels that were switched on or off, by id. */
  channels: z.record(z.string().min(1).max(300), z.boolean()).optional(),
  view: viewSettingsSchema.optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
