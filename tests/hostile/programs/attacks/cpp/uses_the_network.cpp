// Connects to Redis on loopback.
#include <arpa/inet.h>
#include <cstdio>
#include <unistd.h>
int main() {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(6379);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::printf("%d\n", connect(connection, (sockaddr*)&address, sizeof address));
}
