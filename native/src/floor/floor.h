#ifndef BH_FLOOR_H
#define BH_FLOOR_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../core/failure.h"
#include "../core/shared.h"

/** Exit codes. */
enum { FLOOR_DONE = 0, FLOOR_FAILED = 1, FLOOR_BAD_ARGUMENTS = 2, FLOOR_UNAVAILABLE = 3 };

#define FLOOR_MAX_BYTES (16u << 20)

typedef struct floor_end floor_end;

/** How one end moves a message of the run's size. 0; 1 lost (lossy methods only); -1 failed or told to stop. */
typedef struct {
  int (*send)(floor_end *end, bh_failure *failure);
  int (*receive)(floor_end *end, bh_failure *failure);
} floor_moves;

/** One end of the path under test. Both are opened before the fork, so that nobody has to wait for anybody to bind. */
struct floor_end {
  const floor_moves *moves;
  int read_fd;  /* -1: none */
  int write_fd; /* -1: none; may equal read_fd */
  unsigned char *bytes;
  size_t size;
  uint64_t sequence; /* of the message last sent, or last received */
  bool lossy;        /* datagrams of IP: a message may not come */
  bool is_first;     /* the measuring end */
  bool owns_header;  /* icmp: the socket gives the IP header along */
  uint32_t payload_sum;
  uint64_t spin_ns; /* how long it looks before it sleeps; more than 0 wants non-blocking descriptors */
  bh_shared shared; /* shmem methods */
};

typedef struct {
  const char *name;
  /** Opens both ends; the second of icmp stays empty, for the kernel answers. 0 or -1. */
  int (*open)(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure);
  const floor_moves *moves;
  size_t least, most; /* bytes per message */
  bool lossy;
  bool kernel_answers;
  bool in_memory_folder;
  const char *wait; /* how an end waits for a message, for whoever reads the figures */
  bool may_spin;    /* --spin-ns */
  bool keeps_looking; /* its answering end never sleeps: it keeps a core busy for as long as it runs */
} floor_method;

extern const floor_method floor_methods[];
extern const size_t floor_method_count;
const floor_method *floor_find(const char *name);

/**
 * Opens a method's two ends with their buffers. All its paths are gone again when this returns: the open descriptors
 * and mappings need none, so not even a SIGKILL leaves one behind later. Returns an exit code.
 */
int floor_open(const floor_method *method, size_t size, floor_end *first, floor_end *second, bh_failure *failure);
void floor_close(floor_end *end);
/** After the fork: gives back this process's reference to the end that the other process uses. */
void floor_forget(floor_end *end);

/** Why to stop: a signal's number, or 0. Every blocking call asks after EINTR, every spin loop now and then. */
extern volatile sig_atomic_t floor_stop;
/** SIGINT, SIGTERM, the death of the peer and the time limit set floor_stop, and go on interrupting until heard. */
void floor_watch_signals(unsigned timeout_s);
/** In the peer: back to what a process has at its start, except that Ctrl+C is the parent's business. */
void floor_forget_signals(void);
/** Fills `failure` for the reason in floor_stop. Returns -1. */
int floor_stopped(bh_failure *failure);

typedef struct {
  const floor_method *method;
  size_t size;
  size_t count;
  size_t warmup;
  int cpu_a, cpu_b; /* -1: not pinned */
  unsigned timeout_s; /* 0: no limit */
  uint64_t spin_ns;
  double rate;    /* messages a second; 0: one after another, with no pause */
  double at_most; /* bursts at `rate`, so many messages a second on average; 0: all the time */
  bool follow;    /* until it is ended; the round trips are printed as they come */
} floor_plan;

typedef struct {
  uint64_t *rtt_ns; /* room for plan.count */
  size_t measured;
  size_t lost;
  /**
   * Context switches of the measuring process during the counted round trips: whether it slept, as `wait` says. On one
   * core there is at least one for each; half of them may be the woken peer taking over at once.
   */
  long switches;
  /** Processor time and context switches of both processes for one round trip, warm-up included for the peer. */
  double cpu_ns, all_switches;
} floor_result;

/** Runs a plan between this process and a forked peer. `result` is NULL where it is followed. Returns an exit code. */
int floor_run(const floor_plan *plan, floor_result *result, bh_failure *failure);
/** Sends and prints lines of JSON until it fails or is told to stop. Returns -1. */
int floor_follow(const floor_plan *plan, floor_end *end, bh_failure *failure);

/* Ways to move messages, and what opens their ends. */
extern const floor_moves floor_stream_moves, floor_datagram_moves, floor_icmp_moves, floor_spin_moves,
    floor_futex_moves, floor_file_moves;
typedef int floor_open_function(floor_end *first, floor_end *second, const char *folder, size_t size,
                                bh_failure *failure);
floor_open_function floor_open_unix_dgram, floor_open_unix_stream, floor_open_tcp, floor_open_tcp_delay,
    floor_open_tcp6, floor_open_udp, floor_open_udp6, floor_open_icmp, floor_open_fifo, floor_open_standard_streams,
    floor_open_shared, floor_open_file;

#endif
