// Maps, locks, shares, forks, fills the shared memory, pipes and sockets; and says nothing.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void) {
    static char block[1 << 16];
    memset(block, 7, sizeof block);
    for (int at = 0; at < 100; at++) {
        int ends[2];
        if (!pipe2(ends, O_NONBLOCK)) {
            fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
            while (write(ends[1], block, sizeof block) > 0) {}
        }
        if (!socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends)) {
            setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &(int){1 << 30}, sizeof(int));
            while (send(ends[1], block, sizeof block, MSG_NOSIGNAL) > 0) {}
        }
    }
    int shared = open("/dev/shm/filler", O_CREAT | O_RDWR, 0600);
    while (write(shared, block, sizeof block) > 0) {}
    for (;;) {
        char *more = mmap(NULL, 8 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        if (more == MAP_FAILED) break;
        mlock(more, 8 << 20);
        if (fork() == 0) memset(more, 9, 8 << 20);
    }
    for (;;) pause();
}
