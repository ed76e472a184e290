# keepsake_embed(target name glob...): files as constants. Gives <name>.hpp with
#   struct EmbeddedFile { std::string_view name, text; };  extern const std::vector<EmbeddedFile> <name>;
# in namespace keepsake::embedded, in order of file name.
function(keepsake_embed target name)
  set(files)
  foreach(pattern ${ARGN})
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${pattern})
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  set(out ${CMAKE_BINARY_DIR}/embedded)
  file(WRITE ${out}/${name}.hpp.new "#pragma once\n#include <string_view>\n#include <vector>\n"
    "namespace keepsake::embedded {\n#ifndef KEEPSAKE_EMBEDDED_FILE\n#define KEEPSAKE_EMBEDDED_FILE\n"
    "struct EmbeddedFile { std::string_view name, text; };\n#endif\n"
    "extern const std::vector<EmbeddedFile> ${name};\n}\n")
  file(COPY_FILE ${out}/${name}.hpp.new ${out}/${name}.hpp ONLY_IF_DIFFERENT)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(body "#include \"${name}.hpp\"\nnamespace keepsake::embedded {\nconst std::vector<EmbeddedFile> ${name} = {\n")
  foreach(file ${files})
    file(READ ${file} text)
    get_filename_component(short ${file} NAME)
    string(APPEND body "{\"${short}\", R\"keepsake(${text})keepsake\"},\n")
  endforeach()
  string(APPEND body "};\n}\n")
  file(CONFIGURE OUTPUT ${out}/${name}.cpp.new CONTENT "${body}" @ONLY)
  file(COPY_FILE ${out}/${name}.cpp.new ${out}/${name}.cpp ONLY_IF_DIFFERENT)
  add_library(${target} STATIC ${out}/${name}.cpp)
  target_include_directories(${target} PUBLIC ${out})
endfunction()
