/** The percentiles that Locust's tables of statistics have. */
export const LOCUST_PERCENTS = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100] as const;
