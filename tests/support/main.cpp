#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#if defined(__SANITIZE_ADDRESS__)
// SDL unloads the graphics driver when a window closes, and what the driver left behind could no
// longer be named, so that lsan.supp would not match it. Under this sanitizer modules stay.
extern "C" int dlclose(void* module);
extern "C" int dlclose(void*) { return 0; }
#endif
