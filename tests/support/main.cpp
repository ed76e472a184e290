#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// SDL unloads the graphics driver when a window closes; then what the driver left behind could no
// longer be named for lsan.supp, and tsan.supp's rule for it is refused. Here modules stay.
extern "C" int dlclose(void* module);
extern "C" int dlclose(void*) { return 0; }
#endif
