using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Gives the study's tuner to the models that leave options to it, and refuses what could not be searched.</summary>
internal sealed class TuningBinder(StudyVocabulary vocabulary, StudyErrors errors)
{
    /// <summary>The study's models. One whose options are all given stays as it is, so that another tuner does not change its results' keys.</summary>
    public IReadOnlyList<NamedOptions> Bind(YamlMapping map, Study study)
    {
        CheckMeasure(map, study);
        var nodes = map.Items("models");
        return [.. study.Models.Select((model, m) => Bind(nodes[m], model, study.Tune))];
    }

    private NamedOptions Bind(YamlNode node, NamedOptions model, NamedOptions? tune)
    {
        var entry = vocabulary.Models.First(e => e.Name == model.Name);
        try
        {
            if (OptionSearch.Read(entry, model.Options).Space is not { } space)
                return model;
            _ = (tune is null ? TunerChoice.Default : TunerChoice.Of(tune)).Start(space, 0);
            return model with { Tune = tune };
        }
        catch (BadInputException refused)
        {
            throw errors.At(node.Line, node.Column, "study.tune", refused.Message.TrimEnd('.'), refused);
        }
    }

    private void CheckMeasure(YamlMapping map, Study study)
    {
        if (map.Find("tune") is not { } node || study.Tune is not { } tune)
            return;
        var measure = TunerChoice.Of(tune).Settings.Measure;
        var suited = InnerMeasure.Suited(study.Endpoints[0].Kind);
        if (measure != InnerMeasure.Auto && !suited.Contains(measure, StringComparer.Ordinal))
            throw errors.At(node, "study.combination", $"the measure '{measure}' is not for the study's endpoint: take auto or {string.Join(", ", suited)}");
    }
}
