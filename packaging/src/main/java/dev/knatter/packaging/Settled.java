package dev.knatter.packaging;

import static java.lang.constant.ConstantDescs.CD_boolean;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * What libraries ask the JDK at every start, with the same answer each time, answered when they are packaged. The JDK makes
 * classes to tell which annotations there are, and to represent a variable of a type: 4 ms each, the first 14, in front of
 * the connection to the store, and no AOT cache keeps them. The answers are written into the classes that ask; should
 * those not be as they were, packaging fails.
 */
final class Settled {
  /** The handlers of Netty, as long as no annotation says otherwise. */
  private static final String ADAPTER = "io/netty/channel/ChannelHandlerAdapter.class";
  private static final ClassDesc SHARABLE = ClassDesc.of("io.netty.channel.ChannelHandler$Sharable");
  /** Which events can go past a handler, because it would only pass them on. Here every one is asked to. */
  private static final String MASK = "io/netty/channel/ChannelHandlerMask.class";
  /** Whether variables of types are equal to the JDK's alone, which has been so since JDK 7. */
  private static final String VARIABLES = "com/datastax/oss/driver/shaded/guava/common/reflect/Types$NativeTypeVariableEquals.class";

  static final String NOTICE = "META-INF/legal/knatter/CHANGES";

  private static final String IS_SHARABLE = "isSharable";

  private Settled() {}

  /** Changes the classes among some files, and adds one that names them, as their licences (Apache 2.0, §4b) ask. */
  static void in(SortedMap<String, byte[]> files) {
    List<String> changed = new ArrayList<>();
    files.replaceAll((name, content) -> {
      byte[] settled = of(name, content);
      if (!Arrays.equals(settled, content)) {
        changed.add(name);
      }
      return settled;
    });
    if (!changed.isEmpty()) {
      files.put(NOTICE,
          ("Knatter has changed these files of libraries:\n" + String.join("\n", changed) + "\n")
            .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The file as it should be packaged. */
  static byte[] of(String name, byte[] content) {
    return switch (name) {
      case ADAPTER -> answering(content, IS_SHARABLE, Settled::no);
      case MASK -> answering(content, "isSkippable", Settled::no);
      case VARIABLES -> answering(content, "<clinit>", code -> code.iconst_1()
        .putstatic(described(name), "NATIVE_TYPE_VARIABLE_ONLY", CD_boolean)
        .return_());
      default -> mentionsSharable(name, content) ? sharable(content) : content;
    };
  }

  private static void no(CodeBuilder code) {
    code.iconst_0().ireturn();
  }

  private static ClassDesc described(String name) {
    return ClassDesc.ofInternalName(name.substring(0, name.length() - ".class".length()));
  }

  private static byte[] answering(byte[] content, String method, Consumer<CodeBuilder> answer) {
    ClassModel model = ClassFile.of().parse(content);
    if (model.methods().stream().filter(one -> isNamed(one, method)).count() != 1) {
      throw new IllegalStateException(model.thisClass().asInternalName() + " has not the one method " + method
          + " that packaging knows. See what it does now, and mend or drop its entry here.");
    }
    return ClassFile.of().transformClass(model, (builder, element) -> {
      if (element instanceof MethodModel found && isNamed(found, method)) {
        builder.transformMethod(found, (built, part) -> {
          if (part instanceof CodeModel) {
            built.withCode(answer);
          } else {
            built.with(part);
          }
        });
      } else {
        builder.with(element);
      }
    });
  }

  private static boolean isNamed(MethodModel method, String name) {
    return method.methodName().equalsString(name);
  }

  /** Quickly, of ten thousand classes; whether it also has the annotation is to be seen. */
  private static boolean mentionsSharable(String name, byte[] content) {
    return name.endsWith(".class")
        && new String(content, StandardCharsets.ISO_8859_1).contains(SHARABLE.descriptorString());
  }

  /** The annotation is inherited, and so is the method. */
  private static byte[] sharable(byte[] content) {
    ClassModel model = ClassFile.of().parse(content);
    boolean annotated = model.findAttribute(Attributes.runtimeVisibleAnnotations())
      .stream()
      .flatMap(attribute -> attribute.annotations().stream())
      .map(Annotation::classSymbol)
      .anyMatch(SHARABLE::equals);
    if (!annotated || model.methods().stream().anyMatch(method -> isNamed(method, IS_SHARABLE))) {
      return content;
    }
    return ClassFile.of()
      .transformClass(model, ClassTransform.endHandler(
          builder -> builder.withMethodBody(IS_SHARABLE, MethodTypeDesc.of(CD_boolean), ClassFile.ACC_PUBLIC,
              code -> code.iconst_1().ireturn())));
  }
}
