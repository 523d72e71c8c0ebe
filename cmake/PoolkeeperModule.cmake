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

# pk_add_test(NAME SOURCES tst_x.cpp ... LIBRARIES targets... [LABELS labels...] [TIMEOUT seconds])
#
# One QtTest program, known to ctest under its own name. It runs offscreen and finds its data under PK_TEST_DATA.
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
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;TZ=UTC")
endfunction()
