#include "failure.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int bh_fail(bh_failure *failure, int code, const char *syscall, const char *format, ...) {
  failure->code = code == 0 ? errno : code;
  failure->syscall = syscall;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->text, sizeof failure->text, format, arguments);
  va_end(arguments);
  return -1;
}
