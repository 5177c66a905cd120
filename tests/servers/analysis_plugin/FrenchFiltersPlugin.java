package vigie.test;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AbstractTokenizerFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * For tests only: gives back to the bare server, under their own names, the parts of the module analysis-common that
 * our template uses, so that the template that production loads is the template that tests load.
 */
public class FrenchFiltersPlugin extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "asciifolding", (index, environment, name, settings) -> filter(name, ASCIIFoldingFilter::new),
            "pattern_replace",
            AnalysisPlugin.requiresAnalysisSettings(
                (index, environment, name, settings) -> patternReplace(name, settings)));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "pattern",
            AnalysisPlugin.requiresAnalysisSettings(
                (index, environment, name, settings) -> patternTokenizer(name, settings)));
    }

    private static TokenFilterFactory patternReplace(String name, Settings settings) {
        Pattern pattern = Pattern.compile(settings.get("pattern"));
        String replacement = settings.get("replacement", "");
        boolean all = settings.getAsBoolean("all", true);
        return filter(name, stream -> new PatternReplaceFilter(stream, pattern, replacement, all));
    }

    private static TokenFilterFactory filter(String name, Function<TokenStream, TokenStream> wrap) {
        return new AbstractTokenFilterFactory(name) {
            @Override
            public TokenStream create(TokenStream stream) {
                return wrap.apply(stream);
            }
        };
    }

    private static TokenizerFactory patternTokenizer(String name, Settings settings) {
        Pattern pattern = Pattern.compile(settings.get("pattern"));
        int group = settings.getAsInt("group", -1);
        return new AbstractTokenizerFactory(name) {
            @Override
            public Tokenizer create() {
                return new PatternTokenizer(pattern, group);
            }
        };
    }
}
