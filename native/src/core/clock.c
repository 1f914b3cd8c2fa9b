#include "clock.h"

uint64_t bh_clock_resolution_ns(void) {
  uint64_t smallest = UINT64_MAX;
  uint64_t last = bh_now_ns();
  for (int i = 0; i < 2000; i++) {
    uint64_t now = bh_now_ns();
    if (now != last && now - last < smallest) smallest = now - last;
    last = now;
  }
  if (smallest != UINT64_MAX) return smallest;
  /* 2000 reads within one step: the clock is coarse. Wait for the edges of one. */
  uint64_t edge = last;
  while ((last = bh_now_ns()) == edge) bh_relax();
  edge = last;
  while ((last = bh_now_ns()) == edge) bh_relax();
  return last - edge;
}
