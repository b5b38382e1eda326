// Sleeps for ever.
#include <unistd.h>
int main() { pause(); }
