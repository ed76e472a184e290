# Layers. keepsake_layer(NAME folder... USES lower layers... LINK libraries...) makes a library of the
# *.cpp in its folders. A layer is declared after all it uses, so an upward edge has no target yet and
# configuring stops; tests/style checks the #includes.
function(keepsake_layer name)
  cmake_parse_arguments(ARG "" "" "FROM;USES;LINK;LINK_PUBLIC" ${ARGN})
  set(sources)
  foreach(folder ${ARG_FROM})
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  foreach(used ${ARG_USES})
    if(NOT TARGET keepsake_${used})
      message(FATAL_ERROR "layer ${name} uses ${used}, which stands above it or does not exist")
    endif()
  endforeach()
  list(TRANSFORM ARG_USES PREPEND keepsake_)
  if(sources)
    add_library(keepsake_${name} STATIC ${sources})
    target_link_libraries(keepsake_${name} PUBLIC keepsake_options ${ARG_USES} ${ARG_LINK_PUBLIC}
                          PRIVATE ${ARG_LINK})
  else()
    add_library(keepsake_${name} INTERFACE)
    target_link_libraries(keepsake_${name} INTERFACE keepsake_options ${ARG_USES})
  endif()
endfunction()

# keepsake_protos(layer file.proto...): generated code next to nothing of ours, without our warnings.
function(keepsake_protos name)
  set(out ${CMAKE_BINARY_DIR}/generated)
  file(MAKE_DIRECTORY ${out})
  set(sources)
  foreach(proto ${ARGN})
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    add_custom_command(OUTPUT ${out}/${stem}.pb.cc ${out}/${stem}.pb.h
      COMMAND protobuf::protoc --proto_path=${CMAKE_SOURCE_DIR} --cpp_out=${out} ${proto}
      DEPENDS ${CMAKE_SOURCE_DIR}/${proto} VERBATIM)
    list(APPEND sources ${out}/${stem}.pb.cc)
  endforeach()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} SYSTEM PUBLIC ${out})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf)
endfunction()

# keepsake_program(binary folder USES layers... LINK libraries...): folder/main.cpp.
function(keepsake_program name folder)
  cmake_parse_arguments(ARG "" "" "USES;LINK" ${ARGN})
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
    return()
  endif()
  list(TRANSFORM ARG_USES PREPEND keepsake_)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
  target_link_libraries(${name} PRIVATE keepsake_options ${ARG_USES} ${ARG_LINK})
endfunction()
