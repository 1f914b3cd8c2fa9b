#ifndef BH_FAILURE_H
#define BH_FAILURE_H

/** What went wrong: a number for programs, a sentence for people. Filled by whoever returns -1. */
typedef struct {
  int code;            /* errno value */
  const char *syscall; /* static text; the empty string when no system call was made */
  char text[320];
} bh_failure;

/** Fills `failure` and returns -1, so that a caller can `return bh_fail(...)`. `code` 0 means errno. */
__attribute__((format(printf, 4, 5))) int bh_fail(bh_failure *failure, int code, const char *syscall,
                                                  const char *format, ...);

#endif
