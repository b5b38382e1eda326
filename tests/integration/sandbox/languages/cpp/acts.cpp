#include <arpa/inet.h>
#include <bits/stdc++.h>
#include <sys/socket.h>
#include <unistd.h>
using namespace std;

static_assert(__cplusplus == 201703L);

static long deep(long n) { volatile char pad[64]; pad[0] = 1; return n ? pad[0] + deep(n - 1) : 0; }

int main() {
    string what;
    cin >> what;
    if (what == "sum") {
        cout << accumulate(istream_iterator<long>(cin), {}, 0L) << endl;
    } else if (what == "exit") {
        cout << "before" << endl;
        exit(7);
    } else if (what == "fail") {
        throw runtime_error("on purpose");
    } else if (what == "loop") {
        for (volatile int i = 0;; i = i + 1) {}
    } else if (what == "memory") {
        for (vector<string> held;;) held.emplace_back(1 << 20, 'x');
    } else if (what == "spawn") {
        int count = 0;
        try {
            for (;; count++) thread([] { sleep(60); }).detach();
        } catch (const system_error &) {
            cout << count << endl;
            _exit(0);
        }
    } else if (what == "flood") {
        for (;;) cout << string(1000, 'x') << '\n';
    } else if (what == "secret") {
        for (const char *path : {"/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"})
            if (filesystem::exists(path)) return puts(path), 0;
        puts("refused");
    } else if (what == "connect") {
        sockaddr_in to{AF_INET, htons(80), {}, {}};
        int lane = socket(AF_INET, SOCK_STREAM, 0);
        puts(lane < 0 || connect(lane, (sockaddr *)&to, sizeof to) ? "refused" : "connected");
    } else if (what == "leave") {
        if (!fork()) { setsid(); execlp("sleep", "sleep", "60", nullptr); _exit(1); }
        puts("left");
    } else if (what == "file") {
        puts(filesystem::exists("note") ? "found" : "fresh");
        ofstream("note") << "x";
    } else if (what == "deep") {
        cout << deep(20000) << endl;
    }
}
