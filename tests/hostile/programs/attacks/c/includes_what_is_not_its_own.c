// The compiler is to read files, devices, descriptors and itself; whatever it finds is no answer.
#pragma GCC poison nothing
#pragma GCC dependency "/etc/shadow"
#pragma GCC plugin "/tmp/solution.c"
#if __has_include("/etc/passwd")
#include "/etc/passwd"
#endif
#if __has_include("/proc/self/environ")
#include "/proc/self/environ"
#endif
__asm__(".incbin \"/etc/hostname\"\n.include \"/dev/stdin\"\n.macro again\nagain\nagain\n.endm\nagain\n");
int main(void) { return 0; }
