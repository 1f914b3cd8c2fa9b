import { z } from 'zod';
import { DATA_PATHS, PLACEMENTS } from './bench/request';
import { FIRST_STEPS } from './first-steps';
import { PAGE_IDS, type PageId } from './pages';
import { TRANSPORT_IDS } from './transport-catalog';

const typed = z.string().max(500);
const channelId = z.string().min(1).max(300);

/** The benchmark's form as it stands; numbers are what was typed. */
const benchDraftSchema = z
  .object({
    methods: z.array(z.enum(TRANSPORT_IDS)).max(TRANSPORT_IDS.length),
    allRoutes: z.boolean(),
    sizes: typed,
    placement: z.enum(PLACEMENTS),
    io: z.enum(DATA_PATHS),
    mode: z.enum(['closed', 'open']),
    cycles: typed,
    rate: typed,
    duration: typed,
    rounds: typed,
    warmup: typed,
    timeout: typed,
    floor: z.boolean(),
    anatomy: z.boolean(),
    keepLive: z.boolean(),
  })
  .partial();

/**
 * How a person has set up the window. The window's page makes it, the browser process keeps it. What is not there is as
 * at first, so that a later version can add to it.
 */
export const viewSettingsSchema = z
  .object({
    page: z.enum(PAGE_IDS as [PageId, ...PageId[]]),
    chart: z.enum(['latency', 'percentiles']),
    window: z.enum(['30s', '2min', '10min']),
    scale: z.enum(['log', 'linear']),
    timing: z.enum(['sent', 'intended']),
    colourBy: z.enum(['process', 'transport']).nullable(),
    floor: z.boolean(),
    eventsShown: z.boolean(),
    /** Channels whose lines are switched off in the legend. */
    hidden: z.array(channelId).max(1000),
    plot: z.enum(['size', 'box', 'percentile']).nullable(),
    draft: benchDraftSchema,
    firstSteps: z.object({ dismissed: z.boolean(), done: z.array(z.enum(FIRST_STEPS)).max(FIRST_STEPS.length) }),
  })
  .partial();

export type ViewSettings = z.infer<typeof viewSettingsSchema>;
