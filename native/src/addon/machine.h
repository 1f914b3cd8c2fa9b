#ifndef BH_MACHINE_H
#define BH_MACHINE_H

#include "napi-util.h"

/** Clock and CPUs of the calling process. */
#define BH_MACHINE_METHODS 4
extern const bh_method bh_machine_methods[BH_MACHINE_METHODS];

#endif
