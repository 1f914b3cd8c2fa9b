import type { ComponentType } from 'react';
import type { PageId } from '../../../shared/pages';
import { BenchPage } from './bench/bench-page';
import { LivePage } from './live/live-page';

/** What each page of the window is drawn by. */
export const PAGE_COMPONENTS: Record<PageId, ComponentType> = { live: LivePage, bench: BenchPage };
