# To build for 64-bit Arm on another machine, with Debian's cross compiler and the libraries of arm64 that lie in the folder
# SOJOURN_SYSROOT (scripts/lib/aarch64_sysroot.sh puts them there); what is built runs under qemu-user.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SOJOURN_SYSROOT)
if(NOT EXISTS ${SOJOURN_SYSROOT}/usr/include)
  message(FATAL_ERROR "there is no SOJOURN_SYSROOT '${SOJOURN_SYSROOT}'; say: scripts/test aarch64")
endif()
set(CMAKE_SYSROOT ${SOJOURN_SYSROOT})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# pkg-config of the machine that builds, which must see nothing of that machine.
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${SOJOURN_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR}
  ${SOJOURN_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${SOJOURN_SYSROOT}/usr/share/pkgconfig)

set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L ${SOJOURN_SYSROOT})
