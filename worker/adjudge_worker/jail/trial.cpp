/* What a way to link must be able to do; see linking.py. It is C and C++ at once. */
#include <pthread.h>
#include <stdio.h>

/* Before, threads of static libraries only worked in programs that pulled all of them in. */
#if defined(__GLIBC__) && !__GLIBC_PREREQ(2, 34)
enum { HAS_STATIC_THREADS = 0 };
#else
enum { HAS_STATIC_THREADS = 1 };
#endif

static void *count(void *number)
{
#ifdef __cplusplus
    try {
        throw 1;
    } catch (int thrown) {
        *static_cast<int *>(number) += thrown;
    }
#else
    *(int *)number += 1;
#endif
    return number;
}

int main(int argc, char **argv)
{
    int number = 0;
    pthread_t thread;
    if (pthread_create(&thread, 0, count, &number) || pthread_join(thread, 0))
        return 1;
    if (printf("%d %s\n", argc, argv[0]) < 0)
        return 1;
    return HAS_STATIC_THREADS && number == 1 ? 0 : 1;
}
