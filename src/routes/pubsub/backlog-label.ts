/**
 * Pub/Sub's protocol has no question for what waits at the server: Google tells it elsewhere, and minutes later. The
 * embedded server tells it as a label of the subscription, which its clients look at once a second anyhow.
 */
export const BACKLOG_LABEL = 'bulkhead-backlog';
