/*
 * Starts one program of a candidate: vfork, confine, execute. Loaded into the keeper by starter.py.
 *
 * Forking a Python process copies its page tables, and its child pays for every page it touches.
 * Here the child borrows the keeper's memory until it executes the program, so it may do nothing
 * but system calls. Its descriptors, limits, capabilities and signals are its own from the start,
 * and the system-call filter is the last thing before the program.
 *
 * Compiled when a worker starts (see jail/workshop.py). Where there is no C compiler, Cell.fork of
 * cell.py does the same steps in Python.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum {
    STREAMS = 3,
    PROGRAM = 3, /* where the binary is while it is executed */
    CAPABILITY_WORDS = 2,
    MOST_OPEN_FILES = 4096,
    NOT_EXECUTED = 127,
};

struct limit {
    int kind;
    rlim_t soft, hard;
};

struct order {
    int streams[STREAMS]; /* become descriptors 0 to 2; their own numbers are higher */
    int program;          /* the binary to execute, or -1: then the first argument is its path */
    const char *folder;   /* where it starts */
    char *const *arguments;
    char *const *environment;
    const struct limit *limits;
    unsigned limit_count;
    const struct sock_fprog *filter;
};

static int close_from(unsigned first)
{
    if (syscall(SYS_close_range, first, ~0U, 0) == 0)
        return 0;
    for (int descriptor = (int)first; descriptor < MOST_OPEN_FILES; descriptor++)
        close(descriptor);
    return fcntl(MOST_OPEN_FILES, F_GETFD) < 0 ? 0 : -1;
}

static int take_descriptors(const struct order *order)
{
    for (int place = 0; place < STREAMS; place++)
        if (dup2(order->streams[place], place) < 0)
            return -1;
    if (order->program < 0)
        return close_from(STREAMS);
    if (order->program != PROGRAM && dup2(order->program, PROGRAM) < 0)
        return -1;
    if (fcntl(PROGRAM, F_SETFD, FD_CLOEXEC) < 0)
        return -1;
    return close_from(PROGRAM + 1);
}

static int lower_limits(const struct order *order)
{
    for (unsigned at = 0; at < order->limit_count; at++) {
        const struct limit *limit = &order->limits[at];
        const struct rlimit wanted = {limit->soft, limit->hard};
        if (setrlimit(limit->kind, &wanted) < 0)
            return -1;
    }
    return 0;
}

static int drop_capabilities(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    const struct __user_cap_data_struct nothing[CAPABILITY_WORDS] = {{0}};
    return (int)syscall(SYS_capset, &header, nothing);
}

/* Every step must succeed: a program that is less confined than it should be is not run. */
static int confine(const struct order *order)
{
    if (setsid() < 0 || take_descriptors(order) < 0 || chdir(order->folder) < 0)
        return -1;
    signal(SIGPIPE, SIG_DFL); /* ignored by Python, and that would outlive exec */
    signal(SIGXFSZ, SIG_DFL);
    if (lower_limits(order) < 0 || drop_capabilities() < 0)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, order->filter, 0, 0);
}

static void execute(const struct order *order)
{
    if (order->program >= 0)
        syscall(SYS_execveat, PROGRAM, "", order->arguments, order->environment, AT_EMPTY_PATH);
    else
        execve(order->arguments[0], order->arguments, order->environment);
}

/*
 * Returns the new process, or -errno when there is none. A process that could not be confined has
 * ended, and *fault says why; one that could not be executed ends with status 127.
 */
int adjudge_start(const struct order *order, int *fault)
{
    volatile int error = 0;
    const pid_t child = vfork();
    if (child == 0) {
        if (confine(order) == 0)
            execute(order);
        else
            error = errno ? errno : EINVAL;
        _exit(NOT_EXECUTED);
    }
    *fault = error;
    return child < 0 ? -errno : child;
}
