// Reads by name and by descriptor, as on judges that hand out files.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) {
    char line[100] = "";
    if (!freopen("/dev/stdin", "r", stdin)) return 3;
    if (!fgets(line, sizeof line, stdin)) return 4;
    char *rest;
    long long a = strtoll(line, &rest, 10), b = strtoll(rest, NULL, 10);
    int out = open("/dev/stdout", O_WRONLY);
    if (out < 0) return 5;
    dprintf(out, "%lld\n", (a * 7919 + b * 104729) % 1000003);
    fputs("noise\n", stderr);
}
