// A daemon goes on after the program has ended.
#include <cstdio>
#include <unistd.h>
int main() {
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;) {
                (void)!write(1, "0\n", 2);
                usleep(1000);
            }
        _exit(0);
    }
}
