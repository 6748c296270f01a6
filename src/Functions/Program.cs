using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RadiogenomicsCloud.Functions.Hosting;
using RadiogenomicsCloud.Service.Ports;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddService().AddTelemetry(builder.Configuration);
var app = builder.Build();
await app.Services.GetRequiredService<IServiceStorage>().Prepare(CancellationToken.None);
await app.RunAsync();
