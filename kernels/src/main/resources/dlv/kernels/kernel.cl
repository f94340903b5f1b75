//@ One kernel function. Items along axis 0 share the features of a result, along axis 1 the batch.
__kernel ${attributes}void ${function}(${parameters}) {
  const int item = get_global_id(0);
  const int block = get_global_id(1);
${body}}
