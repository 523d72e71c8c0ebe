# pk_add_gui_module(NAME SOURCES a.cpp ... [PUBLIC targets...] [PRIVATE targets...])
#
# One folder of gui/ as one static library, Poolkeeper::NAME. Includes are written from gui/ ("widgets/theme.h") and from
# core/ ("base/result.h"). Every library but pk_guiwidgets itself links the widgets and reuses their precompiled
# <QtWidgets>, so a file of ours compiles in one or two seconds. Headers with Q_OBJECT are found by AUTOMOC beside their
# source file; a header without a source file goes into SOURCES. .qrc files may stand in SOURCES (AUTORCC).
function(pk_add_gui_module name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(pk_${name} STATIC ${ARG_SOURCES})
    add_library(Poolkeeper::${name} ALIAS pk_${name})
    set_target_properties(pk_${name} PROPERTIES AUTOMOC ON AUTORCC ON)
    target_include_directories(pk_${name} PUBLIC ${PROJECT_SOURCE_DIR}/gui ${PROJECT_SOURCE_DIR}/core)
    target_compile_definitions(pk_${name} PRIVATE QT_NO_CAST_FROM_ASCII)
    target_link_libraries(pk_${name} PUBLIC ${ARG_PUBLIC} PRIVATE pk_flags ${ARG_PRIVATE})
    if(name STREQUAL "guiwidgets")
        target_precompile_headers(pk_${name} PRIVATE <QtWidgets>)
    else()
        target_link_libraries(pk_${name} PUBLIC Poolkeeper::guiwidgets)
        target_precompile_headers(pk_${name} REUSE_FROM pk_guiwidgets)
    endif()
endfunction()
