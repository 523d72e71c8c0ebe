# Language level, warnings, sanitizers, where programs land: one place for all targets.
option(PK_WERROR "Treat warnings as errors" OFF)
option(PK_RENDERER_ONLY "Build nothing but Poolkeeper::renderer and what it links" OFF)
option(PK_FUZZ "Build core and the fuzz targets of tests/fuzz alone, with clang's coverage" OFF)
set(PK_SANITIZE "" CACHE STRING "Value of -fsanitize=, for example address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# mold halves the time of linking many test programs; any other linker gives the same program.
find_program(PK_MOLD mold)
if(PK_MOLD AND NOT PK_SANITIZE)
    add_link_options(-fuse-ld=mold)
endif()

if(PK_SANITIZE)
    add_compile_options(-fsanitize=${PK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${PK_SANITIZE})
endif()

# A fuzzer lives from executions a second and from its view of branches; assertions stay on.
if(PK_FUZZ)
    set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Every target of ours links this, so that flags stand in one place.
add_library(pk_flags INTERFACE)
target_compile_options(pk_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
# GCC 12 with optimisation warns of its own std::string (PR105329, PR105562): pages of it, none of them ours.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(pk_flags INTERFACE "$<$<CONFIG:Release>:-Wno-restrict;-Wno-maybe-uninitialized>")
endif()
if(PK_WERROR)
    target_compile_options(pk_flags INTERFACE -Werror)
endif()
