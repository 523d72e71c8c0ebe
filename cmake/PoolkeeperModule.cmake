# pk_add_module(NAME SOURCES a.cpp ... [PUBLIC targets...] [PRIVATE targets...])
#
# One folder of core/ (or gui/) as one static library, Poolkeeper::NAME. What it may see is what it links: third-party
# libraries belong under PRIVATE, so that their headers do not leak into other modules.
function(pk_add_module name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(pk_${name} STATIC ${ARG_SOURCES})
    add_library(Poolkeeper::${name} ALIAS pk_${name})
    target_include_directories(pk_${name} PUBLIC ${PROJECT_SOURCE_DIR}/core)
    target_link_libraries(pk_${name} PUBLIC ${ARG_PUBLIC} PRIVATE pk_flags ${ARG_PRIVATE})
endfunction()

# pk_static_if_asked(VARIABLE TARGET FILE): what a module links for TARGET. A program with the property PK_STATIC_LIBRARIES
# gets the archive FILE in its place, where the system has one: loading shared libraries is a third of the time of a short
# command. The window's program shares its libraries with Qt and curl, so it does not ask.
function(pk_static_if_asked variable target file)
    find_library(${variable}_ARCHIVE NAMES ${file})
    mark_as_advanced(${variable}_ARCHIVE)
    if(${variable}_ARCHIVE)
        set(static "$<BOOL:$<TARGET_PROPERTY:PK_STATIC_LIBRARIES>>")
        set(${variable} "$<IF:${static},${${variable}_ARCHIVE},${target}>" PARENT_SCOPE)
    else()
        set(${variable} ${target} PARENT_SCOPE)
    endif()
endfunction()

# What tests of the cluster are told: where the shared one lies.
set(PK_CLUSTER_ENVIRONMENT "PK_CLUSTER_DIR=${CMAKE_BINARY_DIR}/cluster;KUBECONFIG=${CMAKE_BINARY_DIR}/cluster/kubeconfig")

# pk_add_test(NAME SOURCES tst_x.cpp ... LIBRARIES targets... [LABELS labels...] [TIMEOUT seconds])
#
# One QtTest program, known to ctest under its own name. It runs offscreen and finds its data under PK_TEST_DATA. A program
# that skips itself as a whole (QSKIP in initTestCase) counts as skipped. With the label "cluster" it finds a running test
# cluster (tests/cluster) through the environment variable KUBECONFIG; one such program runs at a time.
function(pk_add_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(${name} PRIVATE PK_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data" QT_NO_CAST_FROM_ASCII)
    target_link_libraries(${name} PRIVATE pk_flags Qt6::Test ${ARG_LIBRARIES})
    add_test(NAME ${name} COMMAND ${name})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        SKIP_REGULAR_EXPRESSION "SKIP   : [A-Za-z0-9_:]+::initTestCase\\("
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;TZ=UTC")
    if("cluster" IN_LIST ARG_LABELS)
        set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED cluster RESOURCE_LOCK cluster
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;TZ=UTC;${PK_CLUSTER_ENVIRONMENT}")
    endif()
endfunction()
