// Makes the compiler print error messages without end.
template <class T>
struct Deep : Deep<T*> {
    T value = typename T::missing(T::x);
};
#define E0 y(z);w(v);
#define E1 E0 E0 E0 E0 E0 E0 E0 E0 E0 E0
#define E2 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1
#define E3 E2 E2 E2 E2 E2 E2 E2 E2 E2 E2
#define E4 E3 E3 E3 E3 E3 E3 E3 E3 E3 E3
int main() { E4 Deep<int> deep; }
